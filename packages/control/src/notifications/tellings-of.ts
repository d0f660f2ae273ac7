import type { EventType } from "../audit/event/event-types.ts"
import type { ReadEvent } from "./read-event.ts"
import {
  tellOfAnswer,
  tellOfFinding,
  tellOfOffer,
  tellOfQuarantine,
  tellOfQuestion,
  tellOfRenewal,
  tellOfScan,
  tellOfStop,
  tellOfWarning,
} from "./tell-of-agents.ts"
import { tellOfDispute } from "./tell-of-disputes.ts"
import { tellOfRetention, tellOfSplitView } from "./tell-of-log.ts"
import { tellOfMode } from "./tell-of-observing.ts"
import {
  tellOfApiToken,
  tellOfDeparture,
  tellOfInvitation,
  tellOfRole,
  tellOfSignIn,
} from "./tell-of-people.ts"
import { tellOfCutOff } from "./tell-of-policies.ts"
import { tellOfFullStream, tellOfSignals } from "./tell-of-signals.ts"
import { tellOfSilencedSink, tellOfSink } from "./tell-of-sinks.ts"
import type { Telling, TellingStores } from "./telling.ts"

type Tell = (tx: TellingStores, event: ReadEvent) => Promise<readonly Telling[]>

/** What people are told of, and who of it. What stands under no type here is told to nobody. */
const TOLD: Readonly<Partial<Record<EventType, Tell>>> = {
  "approval.requested": tellOfQuestion,
  "ownership.offered": tellOfOffer,
  "ownership.accepted": tellOfAnswer,
  "ownership.declined": tellOfAnswer,
  "ownership.expired": tellOfAnswer,
  "agent.suspended": tellOfStop,
  "agent.retiring": tellOfStop,
  "agent.warned": tellOfWarning,
  "agent.mode-changed": tellOfMode,
  "agent.renewal-asked": tellOfRenewal,
  "agent.quarantined": tellOfQuarantine,
  "finding.opened": tellOfFinding,
  "finding.reopened": tellOfFinding,
  "policy.put": tellOfCutOff,
  "scan.finished": tellOfScan,
  "plan.started": tellOfDeparture,
  "person.invited": tellOfInvitation,
  "person.role-changed": tellOfRole,
  "session.started": tellOfSignIn,
  "api-token.made": tellOfApiToken,
  "sink.stalled": tellOfSink,
  "sink.refused": tellOfSink,
  "sink.paused": tellOfSilencedSink,
  "sink.removed": tellOfSilencedSink,
  "signal.stalled": tellOfSignals,
  "signal-stream.changed": tellOfFullStream,
  "call.disputed": tellOfDispute,
  "log.split-view": tellOfSplitView,
  "retention.changed": tellOfRetention,
}

/** Answers whether anybody is told of events of this type. */
export function isTold(type: string): boolean {
  return Object.hasOwn(TOLD, type)
}

/** Answers who is to be told of what because of one event, and when. */
export async function tellingsOf(tx: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const tell = Object.entries(TOLD).find(([type]) => type === event.type)?.[1]
  return tell ? tell(tx, event) : []
}
