import type { LogView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { CopyableBlock } from "../../components/copyable.tsx"
import { useSeesWhole } from "../../shell/signed-in-context.ts"
import { LogPart } from "./log-part.tsx"

/** How the whole log is verified, here or by an auditor from elsewhere, with the exact command. */
export function VerifyWhole({ log }: { log: LogView }): ReactNode {
  const seesWhole = useSeesWhole()
  if (!seesWhole) return null
  return (
    <LogPart name="Verify all of it">
      <CopyableBlock
        text={`npx --no-install tabard audit verify ${location.origin}/log --vkey '${log.verifierKey}' --token-file auditor.token`}
        what="the command"
      />
      <p className="mt-1.5 text-small text-pretty text-soft">
        An auditor runs it elsewhere, with a token of the scope <code className="font-mono">readLog</code>{" "}
        that{" "}
        <Link to="/account" search={{ tab: "tokens" }} className="text-accent underline">
          you make for them
        </Link>
        , and with the verifier key as they got it from you in person.
      </p>
    </LogPart>
  )
}
