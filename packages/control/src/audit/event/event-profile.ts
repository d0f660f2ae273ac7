import type { EventType } from "./event-types.ts"
import { AGENT_PROFILES } from "./profiles/agent-profiles.ts"
import { AUTHORITY_PROFILES } from "./profiles/authority-profiles.ts"
import { HOUSE_PROFILES } from "./profiles/house-profiles.ts"
import { PEOPLE_PROFILES } from "./profiles/people-profiles.ts"
import type { EventProfile } from "./profiles/profile.ts"
import { SIGNAL_PROFILES } from "./profiles/signal-profiles.ts"
import { SINK_PROFILES } from "./profiles/sink-profiles.ts"

/** What each type of event says. A new type does not compile until it is said here. */
export const EVENT_PROFILES: Readonly<Record<EventType, EventProfile>> = {
  ...AGENT_PROFILES,
  ...PEOPLE_PROFILES,
  ...AUTHORITY_PROFILES,
  ...HOUSE_PROFILES,
  ...SIGNAL_PROFILES,
  ...SINK_PROFILES,
}
