import { healthView } from "../../health/health-view.ts"
import type { Handlers } from "../handler.ts"
import type { ApiServices } from "../services.ts"

/** How the installation does. */
export function healthHandlers({ health, record, onFault }: ApiServices): Pick<Handlers, "getHealth"> {
  return { getHealth: () => healthView(health, { record, onFault }) }
}
