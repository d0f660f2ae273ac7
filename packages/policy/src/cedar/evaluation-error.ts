/** A policy that could not be judged: Cedar skips it, and says so beside the decision. */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError"
}

/** Says what a policy met instead of what it needs. */
export function wrongType(expected: string, met: string): never {
  throw new EvaluationError(`this needs ${expected} and met ${met}`)
}
