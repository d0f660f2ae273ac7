import type { ProfilesOf } from "./profile.ts"

/** What is recorded of signals that others are told, and that are heard of others. */
export const SIGNAL_PROFILES: ProfilesOf<"signal" | "signal-source" | "signal-stream"> = {
  "signal.received": {
    means: "A source's signal was taken, and what it says was done about whom it is about.",
    names: ["outcome"],
  },
  "signal.recovered": {
    means: "Signals go to a receiver, or come from a source, again after they had stalled.",
    names: [],
  },
  "signal.refused": { means: "Something that a source sent was not believed.", names: ["outcome"] },
  "signal.stalled": {
    means: "A receiver takes no signals, or a source tells none, and a person has to look at it.",
    names: [],
  },
  "signal.undelivered": { means: "A receiver would not have a signal, which is not sent again.", names: [] },
  "signal-source.changed": { means: "A person had a source of signals be heard, or not for now.", names: [] },
  "signal-source.made": { means: "A person had what a transmitter signals be acted upon.", names: [] },
  "signal-source.removed": { means: "A person had a source of signals be heard no more.", names: [] },
  "signal-stream.changed": {
    means: "What a stream of signals carries, or whether it does, changed.",
    names: [],
  },
  "signal-stream.made": { means: "A receiver is told of what happens to agents from now on.", names: [] },
  "signal-stream.removed": { means: "A receiver is told no more, nor of what waited for it.", names: [] },
}
