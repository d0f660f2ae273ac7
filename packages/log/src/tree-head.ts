/** A tree at one size: all that is needed to go on from there, and what a checkpoint signs. */
export interface TreeHead {
  readonly size: number
  readonly root: Uint8Array
}
