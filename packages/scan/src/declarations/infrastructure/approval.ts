import type { SettingSighting } from "../../configurations/observation.ts"
import { declared } from "../declared-settings.ts"

/** Answers whether a person agrees before functions run; handing control back leaves it to the caller, which is told. */
export function approvalSetting(
  confirmed: readonly boolean[],
  returnsControl: boolean,
): readonly SettingSighting[] {
  if (confirmed.length > 0 && confirmed.every(Boolean))
    return [declared("approval", "required", "restricted")]
  if (confirmed.some(Boolean)) return [declared("approval", "required for some functions", "partial")]
  return returnsControl ? [declared("approval", "the caller runs its functions")] : []
}
