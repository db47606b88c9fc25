import type { Profile } from '@heyi/contract/directory'
import { limits } from '@heyi/contract/limits'
import type { FoundConversation, FoundNotice, FoundTodo, SearchGroup, search as searchOp } from '@heyi/contract/search'
import type { z } from 'zod'
import type { MemberRead } from '../../kernel/context.js'
import type { DirectoryDoor } from '../directory/index.js'
import type { MessagingDoor } from '../messaging/index.js'
import type { NoticesDoor } from '../notices/index.js'
import type { TodosDoor } from '../todos/index.js'
import { findMessages } from './messages.js'
import { findTerms, type Range, readTerms, snippetOf, type Term } from './rules/query.js'
import { listMine } from './store.js'

export interface Doors {
  directory: DirectoryDoor
  notices: NoticesDoor
  todos: TodosDoor
  messaging: MessagingDoor
}

/** What the directory takes. */
const peopleChars = 80
/** So many of the newest are looked through: a company has some hundred notices, somebody some hundred things to do. */
const noticesRead = 500
const todosRead = 2_000
/** People by whom groups are found. */
const peopleForGroups = 20
/** And by whom contact cards are. */
const peopleForCards = 20

type Input = z.output<typeof searchOp.input>
type Output = z.input<typeof searchOp.output>
const nothing = { items: [], next: null }

export async function search(doors: Doors, ctx: MemberRead, input: Input): Promise<Output> {
  const { text, group, filters, cursor, limit } = input
  const terms = readTerms(text)
  const filtered = Object.values(filters).some((value) => value !== null)
  const asks = (one: SearchGroup) => group === 'all' || group === one
  // Filters speak of messages: people and groups have no sender and no time.
  const named = terms.length > 0 && !filtered
  const byName = named && (asks('people') || asks('conversations'))
  const people = byName || (terms.length > 0 && asks('messages')) ? await findPeople(doors, ctx, text, limit) : []
  const cards = new Map(people.slice(0, peopleForCards).map(({ id, name }) => [id, name]))
  const page = { terms, filters, cards, cursor, limit }
  const any = terms.length > 0 || filtered
  return {
    people: named && asks('people') ? people.slice(0, limit) : [],
    conversations: named && asks('conversations') ? await findConversations(doors, ctx, { terms, people, limit }) : [],
    messages: any && asks('messages') ? await findMessages(ctx, doors.messaging, { ...page, files: false }) : nothing,
    files: any && asks('files') ? await findMessages(ctx, doors.messaging, { ...page, files: true }) : nothing,
    notices: named && asks('notices') ? await findNotices(doors, ctx, terms, limit) : [],
    todos: named && asks('todos') ? await findTodos(doors, ctx, terms, limit) : [],
  }
}

async function findNotices({ notices }: Doors, ctx: MemberRead, terms: Term[], limit: number): Promise<FoundNotice[]> {
  const found: FoundNotice[] = []
  for (const { id, title, text, publishAt } of await notices.readableNotices(ctx, noticesRead)) {
    // A word may stand in the title and another in the text.
    const ranges = findTerms(`${title}\n${text}`, terms)
    if (!ranges) continue
    const after = title.length + 1
    const inText = ranges.filter(([from]) => from >= after).map(([from, to]): Range => [from - after, to - after])
    const titleRanges = ranges.filter(([, to]) => to <= title.length)
    found.push({ id, title, titleRanges, publishAt, ...snippetOf(text, inText) })
    if (found.length === limit) break
  }
  return found
}

async function findTodos({ todos }: Doors, ctx: MemberRead, terms: Term[], limit: number): Promise<FoundTodo[]> {
  const mine = await todos.newestTodos(ctx.db, ctx.actor, todosRead)
  return mine
    .flatMap(({ id, text, dueAt, doneAt }): FoundTodo[] => {
      const ranges = findTerms(text, terms)
      return ranges ? [{ id, ...snippetOf(text, ranges), dueAt, doneAt }] : []
    })
    .slice(0, limit)
}

async function findPeople({ directory }: Doors, ctx: MemberRead, text: string, limit: number): Promise<Profile[]> {
  const asked = { text: text.slice(0, peopleChars).replace(/["“”]/g, ''), limit: Math.max(limit, peopleForGroups) }
  return asked.text.trim() === '' ? [] : (await directory.search(ctx, asked)).people
}

/** My groups by their names, then those in which somebody who was found is. */
async function findConversations(
  { messaging }: Doors,
  ctx: MemberRead,
  { terms, people, limit }: { terms: Term[]; people: Profile[]; limit: number },
): Promise<FoundConversation[]> {
  const mine = await listMine(ctx.db, messaging.readableConversations(ctx.actor, null))
  const groups = mine.filter(({ kind }) => kind === 'group')
  const byName = groups.flatMap(({ id, name }): FoundConversation[] => {
    const ranges = findTerms(name, terms)
    return ranges ? [{ conversation: id, name, ranges, members: [] }] : []
  })
  // The place of the match says how well it fits; ids are in the order in which groups were made.
  byName.sort((a, b) => (a.ranges[0]?.[0] ?? 0) - (b.ranges[0]?.[0] ?? 0) || (a.conversation < b.conversation ? 1 : -1))
  if (byName.length >= limit) return byName.slice(0, limit)
  const others = people.filter(({ id }) => id !== ctx.actor.memberId).slice(0, peopleForGroups)
  const profiles = new Map(others.map((one) => [one.id, one]))
  const names = new Map(groups.map(({ id, name }) => [id, name]))
  const met = new Set(byName.map(({ conversation }) => conversation))
  const withThem =
    others.length === 0 ? [] : await messaging.findGroupsWith(ctx.db, ctx.actor, [...profiles.keys()], limit * 2)
  const byMember = withThem
    .filter(({ id }) => !met.has(id))
    .map(({ id, members }): FoundConversation => {
      const shown = members.slice(0, limits.searchNamedMembers).flatMap((member) => profiles.get(member) ?? [])
      return { conversation: id, name: names.get(id) ?? '', ranges: [], members: shown }
    })
  return [...byName, ...byMember].slice(0, limit)
}
