import { witnessingView } from "../../record/witness/witnessing-view.ts"
import type { Handlers } from "../handler.ts"
import type { ApiServices } from "../services.ts"
import { overviewView } from "../views/overview-view.ts"
import { riskPicture } from "../views/risk-picture.ts"

/** How far the record has come, and the overview of it all. */
export function recordHandlers(
  services: ApiServices,
): Pick<Handlers, "getOverview" | "getRiskPicture" | "startScan" | "getLog"> {
  const { shelf, log, scans } = services
  return {
    getOverview: ({ user }) => overviewView(services, user),
    getRiskPicture: () => shelf.snapshot(riskPicture),
    startScan: async () => scans.start(),
    getLog: async () => {
      const progress = await log.view()
      return { ...progress, ...(await witnessingView(services, progress)) }
    },
  }
}
