import type { ProfilesOf } from "./profile.ts"

/** What is recorded of where the record is exported to. */
export const SINK_PROFILES: ProfilesOf<"dead-letter" | "sink"> = {
  "dead-letter.retried": { means: "A person had what a sink's receiver refused tried again.", names: [] },
  "sink.changed": { means: "A person changed what a sink carries, or how.", names: [] },
  "sink.made": { means: "A person made a sink, which carries the record to a receiver.", names: [] },
  "sink.paused": { means: "A person had a sink wait where it is.", names: [] },
  "sink.recovered": { means: "A receiver takes the record again after it had stalled.", names: [] },
  "sink.refused": { means: "A receiver refused something of the record by itself.", names: [] },
  "sink.removed": { means: "A person removed a sink.", names: [] },
  "sink.replayed": { means: "A person had part of the record carried to a sink again.", names: [] },
  "sink.resumed": { means: "A person let a sink go on.", names: [] },
  "sink.stalled": { means: "A receiver takes nothing, and a person has to look at it.", names: [] },
  "sink.tested": { means: "A person had a test carried to a sink.", names: [] },
}
