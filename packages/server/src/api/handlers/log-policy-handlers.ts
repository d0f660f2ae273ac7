import type { LogPolicyOperations, LogPolicyView } from "@tabard/api"
import { putLogPolicy } from "@tabard/control"
import { sha256 } from "@tabard/log/node"
import { requireTarget } from "../../notifications/guard-address.ts"
import { wholePolicy } from "../../record/witness/whole-policy.ts"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { namesOf } from "../views/names.ts"

/** Who witnesses the log. */
export function logPolicyHandlers(services: ApiServices): Pick<Handlers, keyof LogPolicyOperations> {
  const { shelf, ways } = services
  return {
    getLogPolicy: () => policyView(services),
    putLogPolicy: async ({ user }, { text }) => {
      const deps = { ...recordContext(services), transact: shelf.transact, sha256 }
      await putLogPolicy({ ...deps, requireTarget: (url) => void requireTarget(ways.rules, url) }, user, text)
      return policyView(services)
    },
  }
}

async function policyView({ shelf, log }: ApiServices): Promise<LogPolicyView> {
  const { verifierKey } = await log.view()
  return shelf.snapshot(async (tx) => {
    const put = await tx.logPolicy.find()
    const names = await namesOf(tx, { people: put ? [put.putBy] : [] })
    return {
      text: put?.text ?? null,
      policy: wholePolicy(put?.text, verifierKey),
      putBy: put ? names.person(put.putBy) : null,
      putAt: put?.putAt.toISOString() ?? null,
    }
  })
}
