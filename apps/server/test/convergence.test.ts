import type { ClientRules } from '@heyi/client'
import * as directory from '@heyi/contract/directory'
import * as messaging from '@heyi/contract/messaging'
import { expect, test } from 'vitest'
import { rows, sql } from '../src/kernel/db.js'
import type { FeedRules } from '../src/kernel/feeds/rules.js'
import { until } from './until.js'
import { noFaults, Violation, World } from './world.js'

/**
 * The invariants of FEEDS on the real program: two copies, real sockets, real devices, a real database, and everything
 * that may go wrong between them. Each run is random but for its seed; HEYI_TEST_NIGHTLY makes many more.
 */

const nightly = process.env.HEYI_TEST_NIGHTLY === '1'
const seeds = Array.from({ length: nightly ? 60 : 4 }, (_, i) => i + 1)
const steps = nightly ? 200 : 60

async function anyMessage(world: World, conversation: string): Promise<number> {
  const found = await rows(
    world.copy(0).app.kernel.db,
    sql<{
      seq: number
    }>`select seq from message where conversation_id = ${conversation} and kind = 'text' order by random() limit 1`,
  )
  return found[0]?.seq ?? 3
}

/** One random thing that a member, a device, a copy or the network may do. */
async function step(world: World): Promise<void> {
  const conversation = world.pick(world.conversations)
  const member = world.pick(world.members)
  const owner = world.members[0]
  const device = world.pick(world.devices)
  if (!owner) throw new Error('nobody')
  const as = (work: (call: ReturnType<World['copy']>) => Promise<unknown>) => world.attempt(work)
  const acts: [weight: number, act: () => Promise<unknown>][] = [
    [30, () => world.send(device, conversation)],
    [15, () => world.sendRaw(member, conversation)],
    [
      6,
      async () =>
        as(async (s) =>
          s.as(member).call(messaging.recallMessage, { conversation, seq: await anyMessage(world, conversation) }),
        ),
    ],
    [
      5,
      async () =>
        as(async (s) =>
          s.as(member).call(messaging.editMessage, {
            conversation,
            seq: await anyMessage(world, conversation),
            text: `改过${world.random()}`,
          }),
        ),
    ],
    [
      5,
      async () =>
        as(async (s) =>
          s.as(member).call(messaging.react, {
            conversation,
            seq: await anyMessage(world, conversation),
            emoji: world.pick(['👍', '🎉', '🙏']),
            on: world.random() < 0.7,
          }),
        ),
    ],
    [
      3,
      () =>
        as((s) =>
          s.as(member).call(messaging.scheduleMessage, {
            conversation,
            body: { text: `以后再说${world.random()}` },
            quote: null,
            receipt: null,
            ladder: null,
            sendAt: new Date(Date.now() + 300 + world.random() * 3_600_000).toISOString(),
          }),
        ),
    ],
    [
      5,
      async () =>
        as(async (s) =>
          s.as(member).call(messaging.hideMessages, { conversation, seqs: [await anyMessage(world, conversation)] }),
        ),
    ],
    [
      6,
      async () =>
        as(async (s) =>
          s.as(member).call(messaging.markRead, { conversation, seq: await anyMessage(world, conversation) }),
        ),
    ],
    [
      3,
      () =>
        as((s) =>
          s.as(member).call(messaging.updateMembership, {
            conversation,
            pinned: world.random() < 0.5,
            muted: world.random() < 0.5,
          }),
        ),
    ],
    [
      3,
      () =>
        as((s) =>
          s.as(member).call(messaging.saveDraft, {
            conversation,
            text: world.random() < 0.4 ? '' : `草稿${world.random()}`,
            quote: null,
          }),
        ),
    ],
    [
      3,
      () =>
        as((s) =>
          s.as(owner).call(messaging.updateGroup, {
            conversation,
            historyVisible: world.random() < 0.5,
            name: `群${Math.floor(world.random() * 1000)}`,
          }),
        ),
    ],
    [
      4,
      () =>
        as((s) =>
          s.as(member).call(messaging.setNickname, {
            conversation,
            nickname: world.random() < 0.3 ? '' : `昵称${Math.floor(world.random() * 1000)}`,
          }),
        ),
    ],
    [
      7,
      () =>
        as((s) =>
          s.as(owner).call(messaging.addMembers, { conversation, members: [world.pick(world.members.slice(1)).id] }),
        ),
    ],
    [
      7,
      () =>
        as((s) =>
          s.as(owner).call(messaging.removeMembers, { conversation, members: [world.pick(world.members.slice(1)).id] }),
        ),
    ],
    [3, () => as((s) => s.as(world.pick(world.members.slice(1))).call(messaging.leaveConversation, { conversation }))],
    [6, () => world.disconnect(device)],
    [8, () => world.connect(device)],
    [1, () => world.crashCopy(Math.floor(world.random() * 2))],
  ]
  let at = world.random() * acts.reduce((sum, [weight]) => sum + weight, 0)
  for (const [weight, act] of acts) {
    at -= weight
    if (at < 0) {
      await act()
      return
    }
  }
}

async function makeDevices(world: World): Promise<void> {
  for (const [i, member] of world.members.entries())
    for (const n of i < 2 ? [1, 2] : [1]) await world.device(member, `device ${i}.${n}`)
}

for (const seed of seeds)
  test(`devices and database agree after faults and crashes, seed ${seed}`, { timeout: 120_000 }, async () => {
    const world = await World.make(seed)
    try {
      await makeDevices(world)
      for (let round = 0; round < 2; round++) {
        world.faults = { lose: 0.15, losePushes: 0.08, double: 0.1, delayMs: 20 }
        for (let i = 0; i < steps / 2; i++) await step(world)
        for (const device of world.devices) await world.connect(device)
        await world.quiet()
      }
      // A fresh device holds the same as those that lived through it.
      for (const member of world.members) await world.device(member, `fresh device of ${member.name}`)
      await world.quiet()
    } finally {
      await world.stop()
    }
  })

/** One random thing that may happen to a department or to who is in it. */
async function directoryStep(world: World): Promise<void> {
  const [admin, ...others] = world.members
  if (!admin) throw new Error('nobody')
  const member = world.pick(others)
  const department = world.pick(world.departments)
  const device = world.pick(world.devices)
  const { db } = world.copy(0).app.kernel
  const one = async (query: ReturnType<typeof sql<{ version: number }>>) => (await rows(db, query))[0]?.version ?? 0
  const update = (change: object) => async () => {
    const version = await one(sql`select version from profile where member_id = ${member.id}`)
    await world.attempt((s) => s.as(admin).call(directory.updateMember, { member: member.id, version, ...change }))
  }
  const acts: [weight: number, act: () => Promise<unknown>][] = [
    [10, update({ departments: world.departments.filter(() => world.random() < 0.5) })],
    [5, update({ position: `岗位${Math.floor(world.random() * 100)}` })],
    [2, () => world.attempt((s) => s.as(admin).call(directory.disableMember, { member: member.id }))],
    [4, () => world.attempt((s) => s.as(admin).call(directory.enableMember, { member: member.id }))],
    [
      4,
      async () => {
        const version = await one(sql`select version from department where id = ${department}`)
        const name = `部门${Math.floor(world.random() * 100)}`
        await world.attempt((s) => s.as(admin).call(directory.updateDepartment, { department, version, name }))
      },
    ],
    [3, () => world.disconnect(device)],
    [4, () => world.connect(device)],
    [1, () => world.crashCopy(Math.floor(world.random() * 2))],
  ]
  let at = world.random() * acts.reduce((sum, [weight]) => sum + weight, 0)
  for (const [weight, act] of acts) {
    at -= weight
    if (at < 0) return void (await act())
  }
}

for (const seed of seeds.slice(0, nightly ? 20 : 2))
  test(`watched departments agree with the directory after faults and crashes, seed ${seed}`, {
    timeout: 120_000,
  }, async () => {
    const world = await World.make(seed)
    try {
      await world.makeDepartments(3)
      // Of people who stay: whoever is disabled has no device.
      const [admin, ...others] = world.members
      const watcher = others.pop()
      if (!admin || !watcher) throw new Error('nobody')
      world.members = [admin, ...others]
      for (const member of [admin, watcher]) await world.device(member, `device of ${member.name}`)
      for (let round = 0; round < 2; round++) {
        world.faults = { lose: 0.2, losePushes: 0.1, double: 0.1, delayMs: 20 }
        for (let i = 0; i < steps / 2; i++) await directoryStep(world)
        for (const device of world.devices) await world.connect(device)
        await world.quiet()
      }
      await world.device(watcher, 'fresh device')
      await world.quiet()
    } finally {
      await world.stop()
    }
  })

for (const seed of seeds.slice(0, nightly ? 20 : 2))
  test(`a history that is purged goes from every device, through faults and crashes, seed ${seed}`, {
    timeout: 120_000,
  }, async () => {
    const world = await World.make(400 + seed)
    try {
      const admin = await world.copy(0).member({ role: 'owner' })
      await world.copy(0).as(admin).call(messaging.setDissolvePolicy, { purgeAfterDays: 0 })
      await makeDevices(world)
      const [owner] = world.members
      const purged = world.conversations[1]
      if (!owner || !purged) throw new Error('nobody')
      for (let i = 0; i < 10; i++) await world.send(world.pick(world.devices), purged)
      await world.quiet()
      world.faults = { lose: 0.15, losePushes: 0.08, double: 0.1, delayMs: 20 }
      for (let i = 0; i < steps / 4; i++) await step(world)
      while (!(await world.attempt((s) => s.as(owner).call(messaging.dissolveGroup, { conversation: purged }))));
      for (let i = 0; i < steps / 4; i++) {
        // Both copies look for what is to be done, while everything else goes on.
        await Promise.all([...world.copies.map((copy) => copy.app.kernel.jobs.runDue()), step(world)])
      }
      await until(async () => {
        await Promise.all(world.copies.map((copy) => copy.app.kernel.jobs.runDue()))
        const { db } = world.copy(0).app.kernel
        const [done] = await rows(db, sql`select 1 from conversation where id = ${purged} and purged_at is not null`)
        return done !== undefined
      }, 60_000)
      for (const device of world.devices) await world.connect(device)
      await world.quiet()
      for (const member of world.members) await world.device(member, `fresh device of ${member.name}`)
      await world.quiet()
      for (const { client, name } of world.devices) {
        const { messages, gone } = client?.chat(purged) ?? { messages: [], gone: true }
        if (gone) continue
        // Members who leave afterwards are told of, as ever.
        const said = messages.map(({ object }) => (object.kind === 'system' ? object.body?.event : object.kind))
        expect([said[0], said.slice(1).every((event) => event === 'left')], name).toEqual(['purged', true])
      }
    } finally {
      await world.stop()
    }
  })

test('a database that went back in time is taken as it is', { timeout: 60_000 }, async () => {
  const world = await World.make(77)
  try {
    await makeDevices(world)
    for (let i = 0; i < 20; i++) await world.sendRaw(world.pick(world.members), world.pick(world.conversations))
    await world.quiet()
    const tables = [
      'feed',
      'feed_entry',
      'message',
      'membership',
      'conversation',
      'draft',
      'hidden_message',
      'interval_log',
    ]
    const { db } = world.copy(0).app.kernel
    for (const table of tables) await sql.raw(`create table kept_${table} as select * from ${table}`).execute(db)
    for (let i = 0; i < 20; i++) await world.sendRaw(world.pick(world.members), world.pick(world.conversations))
    await world.quiet()
    await world.restore(async () => {
      await db.transaction().execute(async (tx) => {
        await sql.raw(`truncate ${tables.join(', ')} cascade`).execute(tx)
        await sql.raw('alter table membership disable trigger log_interval').execute(tx)
        for (const table of ['conversation', ...tables.filter((t) => t !== 'conversation')])
          await sql.raw(`insert into ${table} select * from kept_${table}`).execute(tx)
        await sql.raw('alter table membership enable trigger log_interval').execute(tx)
      })
    })
    await world.quiet()
  } finally {
    await world.stop()
  }
})

/** A schedule under which a program without the rule must break an invariant. */
interface Fault {
  name: string
  server?: Partial<FeedRules>
  client?: Partial<ClientRules>
  schedule: (world: World) => Promise<void>
}

const X = 0
const faults: Fault[] = [
  {
    name: 'a write does not compare the epoch',
    server: { epochOnWrite: false },
    schedule: race,
  },
  {
    name: 'messages from before a member’s start are not blanked',
    server: { blankBefore: false },
    schedule: async (world) => {
      const [ann, bo, , di] = world.members
      const conversation = world.conversations[X] ?? ''
      if (!ann || !bo || !di) return
      const { seq } = await world
        .copy(0)
        .as(ann)
        .call(messaging.sendMessage, { conversation, key: 'before-start', message: { kind: 'text', text: '之前' } })
      await world.device(di, 'late')
      await world
        .copy(0)
        .as(ann)
        .call(messaging.addMembers, { conversation, members: [di.id] })
      await world.quiet()
      await world.copy(0).as(ann).call(messaging.recallMessage, { conversation, seq })
    },
  },
  {
    name: 'a push does not reload an older audience',
    server: { epochOnPush: false, sweep: false },
    schedule: async (world) => {
      const [ann, bo] = world.members
      const conversation = world.conversations[X] ?? ''
      if (!ann || !bo) return
      const device = await world.device(bo, 'removed')
      for (const copy of world.copies)
        await copy.as(ann).call(messaging.sendMessage, {
          conversation,
          key: `warm-up-${copy.port}`,
          message: { kind: 'text', text: '热身' },
        })
      await world.quiet()
      world.faults = { ...noFaults, lose: 1 }
      await world
        .copy(0)
        .as(ann)
        .call(messaging.removeMembers, { conversation, members: [bo.id] })
      world.faults = noFaults
      await world
        .copy(0)
        .as(ann)
        .call(messaging.sendMessage, {
          conversation,
          key: 'after-removal',
          message: { kind: 'text', text: '不给他看' },
        })
      await until(() => device.client?.connection === 'online')
    },
  },
  {
    name: 'nobody sweeps the outbox',
    server: { sweep: false },
    schedule: async (world) => {
      const [ann, bo] = world.members
      const conversation = world.conversations[X] ?? ''
      if (!ann || !bo) return
      await world.device(bo, 'waiting')
      await world.quiet()
      world.faults = { ...noFaults, lose: 1 }
      await world
        .copy(0)
        .as(ann)
        .call(messaging.sendMessage, { conversation, key: 'never-heard', message: { kind: 'text', text: '最后一句' } })
    },
  },
  {
    name: 'nobody sweeps the outbox for a department that is watched',
    server: { sweep: false },
    schedule: async (world) => {
      await world.makeDepartments(1)
      const [admin, ann] = world.members
      if (!admin || !ann) return
      await world.device(ann, 'watching')
      await world.quiet()
      world.faults = { ...noFaults, lose: 1 }
      await world
        .copy(0)
        .as(admin)
        .call(directory.updateMember, { member: ann.id, version: 1, departments: world.departments })
    },
  },
  {
    name: 'a frame is merged whatever it follows',
    client: { prevFrame: false },
    schedule: async (world) => {
      const [ann, bo] = world.members
      const conversation = world.conversations[X] ?? ''
      if (!ann || !bo) return
      await world.device(bo, 'gappy')
      await world.quiet()
      for (let i = 0; i < 12; i++) {
        // Lost on the way to the device only: the copy has served it.
        world.faults = { ...noFaults, losePushes: i % 2 === 0 ? 1 : 0 }
        await world
          .copy(0)
          .as(ann)
          .call(messaging.sendMessage, {
            conversation,
            key: `gap-number-${i}`,
            message: { kind: 'text', text: `${i}` },
          })
        await new Promise((resolve) => setTimeout(resolve, 30))
      }
    },
  },
  {
    name: 'log and entries are cut apart',
    server: { mergedCut: false },
    schedule: async (world) => {
      const [ann, bo] = world.members
      const conversation = world.conversations[X] ?? ''
      if (!ann || !bo) return
      const device = await world.device(bo, 'far behind')
      await world.quiet()
      await world.disconnect(device)
      for (let i = 0; i < 250; i++)
        await world
          .copy(0)
          .as(ann)
          .call(messaging.sendMessage, {
            conversation,
            key: `far-behind-${i}`,
            message: { kind: 'text', text: `${i}` },
          })
      await world.copy(0).as(ann).call(messaging.updateGroup, { conversation, name: '改名' })
      await world.connect(device)
    },
  },
]

/** Sends while their author is removed and taken back, many times. */
async function race(world: World): Promise<void> {
  const [ann, bo] = world.members
  const conversation = world.conversations[X] ?? ''
  if (!ann || !bo) return
  for (let i = 0; i < 15; i++) {
    await world.attempt((s) => s.as(ann).call(messaging.addMembers, { conversation, members: [bo.id] }))
    let removed = false
    const keepSending = async () => {
      while (!removed) await world.sendRaw(bo, conversation)
    }
    const senders = Array.from({ length: 4 }, keepSending)
    await world.attempt((s) => s.as(ann).call(messaging.removeMembers, { conversation, members: [bo.id] }))
    removed = true
    await Promise.all(senders)
  }
}

for (const { name, server, client, schedule } of faults)
  test(`without a rule the fault is found: ${name}`, { timeout: 90_000 }, async () => {
    const run = async (rules: {
      server?: Partial<FeedRules>
      client?: Partial<ClientRules>
    }): Promise<Violation | null> => {
      const world = await World.make(5, rules)
      try {
        await schedule(world)
        await world.quiet(3_000)
        return null
      } catch (error) {
        if (error instanceof Violation) return error
        throw error
      } finally {
        await world.stop()
      }
    }
    expect(await run({ ...(server && { server }), ...(client && { client }) })).toBeInstanceOf(Violation)
    // The same schedule under every rule is clean: it is the rule that was missed.
    expect(await run({})).toBeNull()
  })
