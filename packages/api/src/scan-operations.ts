import { readers, stewards } from "./access-groups.ts"
import { Nothing } from "./inputs.ts"
import { ScanFilter } from "./list-inputs.ts"
import type { Operation } from "./operation.ts"
import { list, post } from "./operation-makers.ts"
import type { Page } from "./paging.ts"
import { ScanProgress, ScanView } from "./views/overview.ts"

/** Reading the configured places, and what that brought. */
export interface ScanOperations {
  readonly startScan: Operation<Nothing, ScanProgress>
  readonly listScans: Operation<ScanFilter, Page<ScanView>>
}

export const SCAN_OPERATIONS: ScanOperations = {
  startScan: post("/scans", stewards, "Reads the configured places again", Nothing, ScanProgress),
  listScans: list("/scans", readers, "What was scanned, newest first", ScanFilter, ScanView),
}
