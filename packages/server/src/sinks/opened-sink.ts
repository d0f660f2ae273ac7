import type { SinkSecrets, SinkSettings } from "@tabard/api"
import type { Id, SinkContent, SinkKind } from "@tabard/core"

/** A sink with its secrets unsealed, as a carrier is made of it. It stays in this process. */
export type OpenedSink = { readonly [K in SinkKind]: OpenedSinkOf<K> }[SinkKind]

/** A sink of one kind. */
export interface OpenedSinkOf<K extends SinkKind> {
  readonly id: Id<"sink">
  readonly kind: K
  readonly name: string
  readonly content: SinkContent
  readonly settings: SinkSettings[K]
  readonly secrets: SinkSecrets[K]
}
