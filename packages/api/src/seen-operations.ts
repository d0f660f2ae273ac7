import { readers } from "./access-groups.ts"
import { ById } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get } from "./operation-makers.ts"
import { CredentialView, ObservedServerView } from "./views/inventory.ts"
import { ScanView } from "./views/overview.ts"

/** One thing of what scans brought, by its id. */
export interface SeenOperations {
  readonly getObservedServer: Operation<ById, ObservedServerView>
  readonly getCredential: Operation<ById, CredentialView>
  readonly getScan: Operation<ById, ScanView>
}

export const SEEN_OPERATIONS: SeenOperations = {
  getObservedServer: get(
    "/inventory/servers/:id",
    readers,
    "One MCP server that agents were seen to use",
    ById,
    ObservedServerView,
  ),
  getCredential: get(
    "/inventory/credentials/:id",
    readers,
    "One credential that agents were seen to hold",
    ById,
    CredentialView,
  ),
  getScan: get("/scans/:id", readers, "One scan", ById, ScanView),
}
