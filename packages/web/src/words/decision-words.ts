import type { EffectClass } from "@tabard/core"

/** Why an answer is what it is, by the codes that there are; one of a newer program is shown as it is. */
export const CODE_WORDS: Readonly<Record<string, string>> = {
  permitted: "A policy permits it",
  approval_needed: "A person has to agree",
  no_policy: "No policy allows it",
  forbidden: "A policy forbids it",
  limit_reached: "A limit is reached",
  denied_by_person: "A person said no",
  approval_spent: "The approval was used already",
  nobody_to_ask: "There is nobody to ask",
  too_many_questions: "Too many questions wait",
  too_large_to_ask: "Too large to be read by a person",
  arguments_refused: "The arguments do not fit the tool",
  tool_changed: "The tool has changed since its review",
  tool_unknown: "The tool is not reviewed",
  evidence_missing: "A policy could not be judged",
  question_malformed: "The question could not be judged",
  judges_disagree: "Two judges differ",
  tool_not_found: "Nobody has reviewed such a tool",
  insufficient_scope: "The token is not for such a tool",
  calls_spent: "The token has no call left",
  amount_unknown: "What it spends cannot be counted",
  record_unavailable: "The record cannot be kept",
  not_allowed: "The door may not ask for this agent",
  token_unknown: "The token was not issued here",
  token_revoked: "The token was revoked",
  token_expired: "The token is over",
  instance_revoked: "Its key is not enrolled any more",
  delegation_withdrawn: "It may not act for the other agent any more",
  person_inactive: "The person served may not sign in any more",
  task_not_open: "The task is over",
  agent_not_active: "The agent is stopped",
  agent_expired: "The agent's mandate is over",
  agent_orphaned: "Nobody answers for the agent",
}

/** What a tool was taken for, by its class of effects. */
export const DOES_WORDS: Readonly<Record<EffectClass, string>> = {
  read: "Reads",
  write: "Writes",
  delete: "Deletes",
  execute: "Executes",
  financial: "Moves money",
  infrastructure: "Changes infrastructure",
  egress: "Sends out",
}

/** Who stands in a chain, by the kind of the link. */
export const LINK_WORDS: Readonly<Record<string, string>> = {
  user: "Person served",
  task: "Task",
  agent: "Agent",
}
