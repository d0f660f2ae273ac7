/** A policy, value or entity in a JSON form that Cedar does not have. */
export class MalformedCedar extends Error {
  override readonly name = "MalformedCedar"
}
