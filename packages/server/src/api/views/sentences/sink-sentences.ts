import type { SentencesOf } from "./sentence.ts"
import { counted, data } from "./told-words.ts"

/** What happened to what carries the record elsewhere. */
export const SINK_SENTENCES: SentencesOf<"dead-letter" | "sink"> = {
  "dead-letter.retried": ({ actor, body }) =>
    `${actor} had ${counted(body, "letters", "dead letter")} of the sink ${data(body, "name")} tried again`,
  "sink.changed": ({ actor, body }) => `${actor} changed the sink ${data(body, "name")}`,
  "sink.made": ({ actor, body }) => `${actor} made the sink ${data(body, "name")}`,
  "sink.paused": ({ actor, body }) => `${actor} paused the sink ${data(body, "name")}`,
  "sink.recovered": ({ body }) => `The sink ${data(body, "name")} takes the record again`,
  "sink.refused": ({ body }) =>
    `The sink ${data(body, "name")} refused ${counted(body, "items", "item")}: ${data(body, "said")}`,
  "sink.removed": ({ actor, body }) => `${actor} removed the sink ${data(body, "name")}`,
  "sink.replayed": ({ actor, body }) =>
    `${actor} had the record carried again to the sink ${data(body, "name")}, from place ${data(body, "to")}`,
  "sink.resumed": ({ actor, body }) => `${actor} let the sink ${data(body, "name")} go on`,
  "sink.stalled": ({ body }) => `The sink ${data(body, "name")} takes nothing: ${data(body, "said")}`,
  "sink.tested": ({ actor, body }) => `${actor} tested the sink ${data(body, "name")}`,
}
