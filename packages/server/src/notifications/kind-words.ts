import type { Told } from "./told.ts"

/** Why somebody is told, for the foot of a mail. A new kind does not compile until it has words. */
export const WHY: Readonly<Record<Told["kind"], string>> = {
  "approval-waiting": "a question of an agent waits for you",
  "approval-expiring": "a question of an agent that waits for you is about to expire",
  "ownership-offered": "somebody asks you to answer for an agent",
  "ownership-answered": "an offer of yours was answered",
  "agent-stopped": "somebody stopped an agent that you answer for or help with",
  "agent-quarantined":
    "an agent was quarantined, and you answer for it, help with it or look after all agents",
  "finding-opened": "there is something to put right about an agent that you answer for or help with",
  "mandate-ending": "the mandate of an agent that you answer for or help with is ending",
  "mandate-over": "the mandate of an agent that you answer for or help with is over",
  "renewal-waiting": "you look after the agents of the organisation",
  "agent-idle": "nobody uses an agent that you answer for or help with",
  "review-overdue": "the review of an agent that you answer for or help with is overdue",
  "agents-found": "you look after the agents of the organisation",
  "agent-shadow": "you look after the agents of the organisation",
  "person-invited": "you are an administrator",
  "role-changed": "a role was changed, and it concerns you or you are an administrator",
  "signed-in": "somebody signed in as you",
  "export-troubled": "you are an administrator",
  "api-token-expiring": "you made this API token",
  "log-split-view": "you look after the organisation",
  "retention-changed": "you look after the organisation",
  test: "you tried whether mail works",
}

/** What a kind is called, over those of a day. */
export const KIND_TITLES: Readonly<Record<Told["kind"], string>> = {
  "approval-waiting": "Questions that wait for you",
  "approval-expiring": "Questions about to expire",
  "ownership-offered": "Agents offered to you",
  "ownership-answered": "Offers of yours that were answered",
  "agent-stopped": "Agents that were stopped",
  "agent-quarantined": "Agents in quarantine",
  "finding-opened": "New findings",
  "mandate-ending": "Mandates that are ending",
  "mandate-over": "Mandates that are over",
  "renewal-waiting": "Renewals that wait for a second person",
  "agent-idle": "Agents that nobody uses",
  "review-overdue": "Reviews that are overdue",
  "agents-found": "New agents",
  "agent-shadow": "Agents that nobody took up",
  "person-invited": "People who were invited",
  "role-changed": "Roles that were changed",
  "signed-in": "Sign-ins from new browsers",
  "export-troubled": "Trouble with export",
  "api-token-expiring": "API tokens about to expire",
  "log-split-view": "Another history of the log",
  "retention-changed": "Entries that are to leave the record",
  test: "Tests",
}
