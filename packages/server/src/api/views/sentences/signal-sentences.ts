import { receptionWords } from "./reception-words.ts"
import type { SentencesOf, Told } from "./sentence.ts"
import { data } from "./told-words.ts"

/** What happened to signals, and to who tells and hears them. */
export const SIGNAL_SENTENCES: SentencesOf<"signal" | "signal-source" | "signal-stream"> = {
  "signal-source.changed": ({ actor, body }) =>
    `${actor} ${data(body, "state") === "paused" ? "paused" : "resumed"} the source of signals ${data(body, "name")}`,
  "signal-source.made": ({ actor, body }) => `${actor} had signals of ${data(body, "name")} be acted upon`,
  "signal-source.removed": ({ actor, body }) =>
    `${actor} had signals of ${data(body, "name")} be heard no more`,
  "signal-stream.changed": ({ actor, body }) => `${actor} changed the signal stream ${data(body, "name")}`,
  "signal-stream.made": ({ actor, body }) => `${actor} made the signal stream ${data(body, "name")}`,
  "signal-stream.removed": ({ actor, body }) => `${actor} removed the signal stream ${data(body, "name")}`,
  "signal.received": ({ agent, body, person }) =>
    `${data(body, "name")} signalled ${data(body, "signal")}${body["agent"] ? ` of ${agent}` : person ? ` of ${person}` : ""}: ${receptionWords(body)}`,
  "signal.recovered": ({ body }) => `${troubled(body)} again after they had stalled`,
  "signal.refused": ({ body }) =>
    `Something that ${data(body, "name")} signalled was not believed: ${data(body, "description")}`,
  "signal.stalled": ({ body }) => `${troubled(body)} no more: ${data(body, "said")}`,
  "signal.undelivered": ({ body }) =>
    `The receiver of ${data(body, "name")} would not have a signal: ${data(body, "code")}`,
}

/** Which way signals go: to the receiver of a stream, or from a source. */
function troubled(body: Told["body"]): string {
  const name = data(body, "name")
  return data(body, "stream") === "?" ? `Signals come from ${name}` : `Signals reach the receiver of ${name}`
}
