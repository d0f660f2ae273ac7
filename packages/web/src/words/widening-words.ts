/** Says who widens what agents may do, as it is settled. */
export function wideningWords(another: boolean): string {
  return another
    ? "Somebody of security or administrators who does not own the agent"
    : "Its owner alone, within the tier that it was adopted for"
}
