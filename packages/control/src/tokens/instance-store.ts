import type { Id, Instance, KeyStorage, LiveKey } from "@tabard/core"

/** A one-time code that lets one key be enrolled for one agent; only the code's hash is kept. */
export interface Enrolment {
  readonly codeHash: string
  readonly agent: Id<"agent">
  readonly createdBy: Id<"user">
  readonly expiresAt: Date
}

/** A key that takes the place of another. */
export interface KeyRotation {
  /** The thumbprint of the key that it is to follow. */
  readonly from: string
  readonly to: LiveKey
  readonly keyStorage: KeyStorage | undefined
  readonly at: Date
  /** Until when both work. */
  readonly endsAt: Date
}

/** Keeps enrolled keys. Each sentence below is a test in instance-store.contract.ts. */
export interface InstanceStore {
  /** Rejects where the code's hash is taken. */
  offerEnrolment(enrolment: Enrolment): Promise<void>

  /** Takes an enrolment that has not expired: of any number of takers exactly one gets it, and it is gone. */
  takeEnrolment(codeHash: string, now: Date): Promise<Enrolment | undefined>

  /** Withdraws every open enrolment for an agent, or of whoever offered it; answers how many. */
  withdrawEnrolments(of: Pick<Enrolment, "agent"> | Pick<Enrolment, "createdBy">): Promise<number>

  /** Answers false, and keeps nothing, where a key's thumbprint is known in this organisation, also as a revoked or an earlier one. */
  insert(instance: Instance): Promise<boolean>

  /** Answers undefined where there is no such instance here; a revoked one is found, with when it was revoked. */
  find(id: Id<"instance">): Promise<Instance | undefined>

  /** Answers how many instances of these agents together are not revoked. */
  countLive(agents: readonly Id<"agent">[]): Promise<number>

  /** Answers an agent's instances, revoked ones too, oldest first. */
  of(agent: Id<"agent">): Promise<readonly Instance[]>

  /** Says when a live instance was last issued a token. */
  markUsed(id: Id<"instance">, at: Date): Promise<void>

  /**
   * Puts a key in the place of a live instance's present one, which works beside it for a while. Of any number at once from
   * one key exactly one answers true; one whose new key is known in this organisation answers false and changes nothing.
   */
  rotate(id: Id<"instance">, rotation: KeyRotation): Promise<boolean>

  /** Revokes one live instance; answers false where it is not there or revoked already. */
  revoke(id: Id<"instance">, at: Date): Promise<boolean>

  /** Revokes every live instance and withdraws every open enrolment of an agent; answers how many instances. */
  revokeAll(agent: Id<"agent">, at: Date): Promise<number>
}
