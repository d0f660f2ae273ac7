import type { ProvisioningView } from "@tabard/api"
import { SCIM_SCOPE } from "@tabard/core"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { CopyableBlock } from "../../components/copyable.tsx"
import { Definition, Definitions } from "../../components/definitions.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { useProvisioning } from "../../data/provisioning-query.ts"
import { useIsSteward, useSignedIn } from "../../shell/signed-in-context.ts"
import { count } from "../../words/count.ts"
import { PurposeTokenDialog, type TokenPurpose } from "../api-tokens/purpose-token-dialog.tsx"
import { PurposeTokens } from "../api-tokens/purpose-tokens.tsx"

/** How a directory says who is here: where it speaks SCIM, with which tokens, and what it keeps. */
export function Provisioning(): ReactNode {
  return (
    <Loaded
      reading={readingOf(useProvisioning())}
      what="The provisioning"
      loading={<SkeletonLines lines={6} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {(provisioning) => <Provisioned provisioning={provisioning} />}
    </Loaded>
  )
}

function Provisioned({ provisioning }: { provisioning: ProvisioningView }): ReactNode {
  const isSteward = useIsSteward()
  return (
    <>
      <p className="mb-4 max-w-prose text-pretty text-soft">
        A directory such as Microsoft Entra ID or Okta brings people in over SCIM 2.0, says what they are
        called and who leads them, fills teams from its groups, and switches off who leaves: at once, with
        their sessions, and what they own stops.
      </p>
      <Definitions>
        <Definition
          name="Address"
          hint="The base URL that the directory asks for; Entra calls it tenant URL."
        >
          <CopyableBlock text={provisioning.address} what="the SCIM address" />
        </Definition>
        <Definition
          name="Tokens"
          hint="The directory sends one as a bearer token. It is for SCIM alone, and goes on when whoever made it leaves."
        >
          {isSteward ? <Tokens /> : <span className="text-faint">Administrators and security see them.</span>}
        </Definition>
        <Definition name="Kept by it" hint="What the directory says is changed there.">
          <Kept provisioning={provisioning} />
        </Definition>
      </Definitions>
    </>
  )
}

const FOR_SCIM: TokenPurpose = {
  scope: SCIM_SCOPE,
  what: "a token for SCIM",
  warning:
    "Whoever holds it says who is here, and switches people off: keep it as you would an administrator's session.",
  whither: "Copy it into the directory now: it is shown this once, and kept nowhere.",
  label: "Which directory",
  hint: "As Entra ID or Okta. It stands in the record beside whatever the directory does.",
  days: 180,
}

function Tokens(): ReactNode {
  const mayMake = useSignedIn().user.role === "administrator"
  const [making, setMaking] = useState(false)
  return (
    <div className="space-y-3">
      <PurposeTokens
        scope={SCIM_SCOPE}
        what="tokens for SCIM"
        none="None works: no directory is connected."
      />
      {mayMake ? (
        <Button icon="plus" onClick={() => setMaking(true)}>
          Make a token for SCIM
        </Button>
      ) : (
        <p className="text-small text-faint">Administrators make them.</p>
      )}
      {making && <PurposeTokenDialog purpose={FOR_SCIM} onClose={() => setMaking(false)} />}
    </div>
  )
}

function Kept({
  provisioning: { people, switchedOff, teams },
}: {
  provisioning: ProvisioningView
}): ReactNode {
  if (people + teams === 0) return <span className="text-faint">Nobody yet: no directory has spoken.</span>
  return (
    <>
      <Link to="/people" className="text-accent underline">
        {count(people, "person", "people")}
      </Link>
      {switchedOff > 0 && <> ({switchedOff} switched off by it)</>} and{" "}
      <Link to="/people" search={{ tab: "teams" }} className="text-accent underline">
        {count(teams, "team")}
      </Link>
    </>
  )
}
