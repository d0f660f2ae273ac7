/** Arguments that cannot be followed; the message says what would be right. */
export class UsageError extends Error {
  override readonly name = "UsageError"
}
