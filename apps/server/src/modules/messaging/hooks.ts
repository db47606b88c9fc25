import type { LadderStep } from '@heyi/contract/channels'
import type { Tx } from '../../kernel/db.js'

interface About {
  tenantId: string
  conversation: string
  seq: number
  sender: string
}

/** What modules above do for messaging: reaching people who do not look. */
export interface Hooks {
  /** In the transaction that sends a message: whoever does not confirm it is to be reminded. */
  startLadder(tx: Tx, about: About & { steps: LadderStep[] }): Promise<void>
  /** Tells these members once more of a message, but for those who are to be left in peace now: whom it answers. */
  remind(tx: Tx, about: About & { members: string[] }): Promise<{ resting: string[] }>
}
