/**
 * The rules of FEEDS that this program keeps, each a switch so that the property test can show that it finds the fault
 * when one is off. In the product every rule is on.
 */
export interface FeedRules {
  /** A write compares the epoch it decided under on the locked feed row (hole 9). */
  epochOnWrite: boolean
  /** A frame newer than the cached audience reloads it before delivery (hole 8). */
  epochOnPush: boolean
  /** Messages from before a member’s start are blanked from that member’s frames (hole 10). */
  blankBefore: boolean
  /** Head, access, log and objects of a pull come from one snapshot (hole 1). */
  oneSnapshot: boolean
  /** Log and entries are merged by rev, then cut (hole 3). */
  mergedCut: boolean
  /** Each copy sweeps the outbox (hole 5). */
  sweep: boolean
  /** The sweep’s and the heads’ mark is the snapshot’s xmin (hole 6). */
  xminMark: boolean
  /** Whoever leaves an object’s audience gets a tombstone (hole 16). */
  leaverTombstone: boolean
  /** A pull with another view starts afresh (hole 11). */
  viewInPull: boolean
  /** A socket that lost frames is told so (hole 23). */
  tellBehind: boolean
}

export const allRules: FeedRules = {
  epochOnWrite: true,
  epochOnPush: true,
  blankBefore: true,
  oneSnapshot: true,
  mergedCut: true,
  sweep: true,
  xminMark: true,
  leaverTombstone: true,
  viewInPull: true,
  tellBehind: true,
}
