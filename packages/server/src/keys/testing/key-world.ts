import { randomBytes } from "node:crypto"
import type { askSigningKey, Shelf } from "@tabard/control"
import { ManualClock, newId, type Organisation, type User } from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import { type KeyEncryptionKey, keyEncryptionKey } from "../key-encryption-key.ts"

/** An organisation whose keys follow each other as the clock is moved, and an administrator who may ask for the next. */
export interface KeyWorld extends AsyncDisposable {
  readonly clock: ManualClock
  readonly organisation: Organisation
  readonly shelf: Shelf
  readonly encryption: KeyEncryptionKey
  readonly ann: User
  /** What a use case is called with. */
  readonly acting: Shelf & Parameters<typeof askSigningKey>[0] & { readonly clock: ManualClock }
  /** The steps that the record tells of, oldest first: of what they sign, and which. */
  steps(): Promise<readonly string[]>
}

/** Opens it, without any key yet. */
export async function openKeyWorld(): Promise<KeyWorld> {
  const clock = new ManualClock("2026-01-01T00:00:00.000Z")
  const opened = await openTemporarySqlite({ clock })
  const organisation = await opened.store.ensureOrganisation("acme", () => ({
    id: newId("organisation", clock),
    slug: "acme",
    name: "Acme",
    trustDomain: "acme.example",
  }))
  const shelf = opened.store.shelf(organisation.id)
  return {
    clock,
    organisation,
    shelf,
    encryption: keyEncryptionKey(randomBytes(32)),
    ann: {
      id: "usr_01",
      name: "Ann",
      email: "ann@acme.example",
      role: "administrator",
      active: true,
      createdAt: new Date("2026-01-01T00:00:00Z"),
    },
    acting: { ...shelf, organisation, clock },
    steps: async () => {
      const events = await shelf.snapshot(({ outbox }) => outbox.list({ limit: 100 }))
      const bodies = events.map(({ bytes }) => JSON.parse(new TextDecoder().decode(bytes)))
      return bodies
        .filter(({ type }) => type === "signing-key.rotated")
        .map(({ data }) => (data.signs === undefined ? data.step : `${data.signs} ${data.step}`))
        .toReversed()
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}
