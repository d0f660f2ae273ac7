import type { EventType } from "@tabard/control"
import { AGENT_SENTENCES } from "./agent-sentences.ts"
import { AUTHORITY_SENTENCES } from "./authority-sentences.ts"
import { HOUSE_SENTENCES } from "./house-sentences.ts"
import { PEOPLE_SENTENCES } from "./people-sentences.ts"
import type { Told } from "./sentence.ts"
import { SIGNAL_SENTENCES } from "./signal-sentences.ts"
import { SINK_SENTENCES } from "./sink-sentences.ts"

/** What happened, in one sentence. A new type of event does not compile until it has one. */
const SENTENCES: Readonly<Record<EventType, (told: Told) => string>> = {
  ...AGENT_SENTENCES,
  ...PEOPLE_SENTENCES,
  ...AUTHORITY_SENTENCES,
  ...HOUSE_SENTENCES,
  ...SIGNAL_SENTENCES,
  ...SINK_SENTENCES,
}

/** Says an event in one sentence; an event of a newer program is told by its type. */
export function eventSentence(type: string, told: Told): string {
  return isKnown(type) ? SENTENCES[type](told) : type
}

function isKnown(type: string): type is EventType {
  return Object.hasOwn(SENTENCES, type)
}
