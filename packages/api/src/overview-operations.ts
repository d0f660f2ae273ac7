import { Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get } from "./operation-makers.ts"
import { LogView } from "./views/event.ts"
import { OverviewView } from "./views/overview.ts"
import { RiskPictureView } from "./views/risk.ts"

/** What is wrong, what waits, and how far everything has come. */
export interface OverviewOperations {
  readonly getOverview: Operation<Nothing, OverviewView>
  readonly getRiskPicture: Operation<Nothing, RiskPictureView>
  readonly getLog: Operation<Nothing, LogView>
}

export const OVERVIEW_OPERATIONS: OverviewOperations = {
  getOverview: get(
    "/overview",
    "signed-in",
    "Is anything wrong, what is waiting, what changed",
    Nothing,
    OverviewView,
  ),
  getRiskPicture: get(
    "/risk-picture",
    "signed-in",
    "The riskiest agents by access and autonomy",
    Nothing,
    RiskPictureView,
  ),
  getLog: get("/log", "signed-in", "How far the log has come", Nothing, LogView),
}
