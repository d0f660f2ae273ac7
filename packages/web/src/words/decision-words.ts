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
}

/** Who stands in a chain, by the kind of the link. */
export const LINK_WORDS: Readonly<Record<string, string>> = {
  user: "Person served",
  task: "Task",
  agent: "Agent",
}
