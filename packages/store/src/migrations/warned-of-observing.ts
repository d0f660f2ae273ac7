import type { ColumnTypes } from "./column-types.ts"

/** When people were told that an agent's time in observe mode is about to end. */
export function warnedOfObserving({ integer }: ColumnTypes): readonly string[] {
  return [`alter table observe_period add column warned_at ${integer}`]
}
