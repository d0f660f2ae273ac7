/** Finds the few decisions by which a limit stopped an agent among all that were made about it. */
export function limitDenials(): readonly string[] {
  return ["create index decision_limited on decision (organisation, agent, at) where code = 'limit_reached'"]
}
