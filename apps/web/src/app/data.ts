import type { Client } from '@heyi/client'
import type { Operations } from '@heyi/contract'
import type { MeObject, Profile } from '@heyi/contract/directory'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { toastError } from './errors'
import { useSignedIn } from './session'

export const useClient = (): Client => useSignedIn().client

/** A value of the client, followed. `read` must return the same object until something changed. */
export function useHeyi<T>(read: (client: Client) => T): T {
  const client = useClient()
  const subscribe = useCallback((listener: () => void) => client.subscribe(listener), [client])
  return useSyncExternalStore(subscribe, () => read(client))
}

/** My own object; null only until the device has it the first time. */
export const useMe = (): MeObject | null => useHeyi((client) => client.me())
export const useMyId = (): string => useSignedIn().me.member
export const useProfile = (id: string | null | undefined): Profile | null =>
  useHeyi((client) => (id ? client.profile(id) : null))
export const useIsAdmin = (): boolean => (useMe()?.role ?? 'member') !== 'member'

type Reads = { [N in keyof Operations]: Operations[N]['kind'] extends 'read' ? N : never }[keyof Operations]

export interface Loaded<T> {
  data: T | null
  error: unknown
  loading: boolean
  reload: () => void
}

/** The answer of a reading operation; asked again when the input changes or on `reload`, keeping the old meanwhile. */
export function useCall<N extends Reads>(
  name: N,
  input: Operations[N]['input'] | null,
): Loaded<Operations[N]['output']> {
  const client = useClient()
  const key = JSON.stringify(input)
  const [turn, setTurn] = useState(0)
  const [held, setHeld] = useState<{
    key: string
    data: Operations[N]['output'] | null
    error: unknown
    loading: boolean
  }>({
    key,
    data: null,
    error: null,
    loading: true,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the input; a turn asks again
  useEffect(() => {
    if (input === null) return
    const controller = new AbortController()
    setHeld((before) => ({ ...(before.key === key ? before : { data: null, error: null }), key, loading: true }))
    client.call(name, input, { signal: controller.signal }).then(
      (data) => setHeld({ key, data, error: null, loading: false }),
      (error: unknown) => {
        if (!controller.signal.aborted) setHeld((before) => ({ ...before, key, error, loading: false }))
      },
    )
    return () => controller.abort()
  }, [client, name, key, turn])
  const fresh = held.key === key
  return {
    data: fresh ? held.data : null,
    error: fresh ? held.error : null,
    loading: input !== null && (fresh ? held.loading : true),
    reload: useCallback(() => setTurn((before) => before + 1), []),
  }
}

interface Page<T> {
  items: T[]
  next: string | null
}
export interface Pages<T> {
  items: T[]
  loading: boolean
  error: unknown
  done: boolean
  more: () => void
  reload: () => void
}

/** A paged list that grows by `more`; `load` must be stable (useCallback) and a new one starts over. */
export function usePages<T>(load: (cursor: string | null) => Promise<Page<T>>): Pages<T> {
  const [held, setHeld] = useState<{
    items: T[]
    next: string | null
    done: boolean
    loading: boolean
    error: unknown
  }>({
    items: [],
    next: null,
    done: false,
    loading: true,
    error: null,
  })
  const run = useRef(0)
  const fetchPage = useCallback(
    (cursor: string | null, before: T[]) => {
      const mine = ++run.current
      setHeld((was) => ({ ...was, loading: true, error: null }))
      load(cursor).then(
        (page) => {
          if (mine === run.current)
            setHeld({
              items: [...before, ...page.items],
              next: page.next,
              done: page.next === null,
              loading: false,
              error: null,
            })
        },
        (error: unknown) => {
          if (mine === run.current) setHeld((was) => ({ ...was, loading: false, error }))
        },
      )
    },
    [load],
  )
  useEffect(() => {
    setHeld({ items: [], next: null, done: false, loading: true, error: null })
    fetchPage(null, [])
    return () => {
      run.current++
    }
  }, [fetchPage])
  const reload = useCallback(() => fetchPage(null, []), [fetchPage])
  return {
    items: held.items,
    loading: held.loading,
    error: held.error,
    done: held.done,
    more: () => {
      if (!held.loading && !held.done) fetchPage(held.next, held.items)
    },
    reload,
  }
}

/** Runs a deed with a busy mark; a refusal is said in a toast unless `onError` takes it. */
export function useAction(
  onError: (error: unknown) => void = toastError,
): [busy: boolean, run: (deed: () => Promise<unknown>) => Promise<boolean>] {
  const [busy, setBusy] = useState(false)
  const run = useCallback(
    async (deed: () => Promise<unknown>) => {
      setBusy(true)
      try {
        await deed()
        return true
      } catch (error) {
        onError(error)
        return false
      } finally {
        setBusy(false)
      }
    },
    [onError],
  )
  return [busy, run]
}

/** The last value that stood still for a while; for asking as somebody types. */
export function useSettled<T>(value: T, delayMs = 200): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs)
    return () => clearTimeout(timer)
  }, [value, delayMs])
  return settled
}
