import { REGISTRATION_SCOPE, type TokenSettings } from "@tabard/core"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { CopyableBlock } from "../../components/copyable.tsx"
import { Definition, Definitions } from "../../components/definitions.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAbout } from "../../data/about-query.ts"
import { usePutTokenSettings, useTokenSettings } from "../../data/issuer-query.ts"
import { useIsSteward, useSignedIn } from "../../shell/signed-in-context.ts"
import { PurposeTokenDialog, type TokenPurpose } from "../api-tokens/purpose-token-dialog.tsx"
import { PurposeTokens } from "../api-tokens/purpose-tokens.tsx"

/** Whether clients register themselves, where they do it, and the one-time tokens by which they may. */
export function OwnRegistration(): ReactNode {
  const query = useTokenSettings()
  const { data: settings } = query
  const isOn = settings !== undefined && settings.clientRegistration !== "off"
  return (
    <Section
      title="Registered by themselves"
      beside={isOn && <Settle settings={settings} wanted="off" words="Let no client register itself" />}
    >
      <Loaded
        reading={readingOf(query)}
        what="Whether clients register themselves"
        loading={<SkeletonLines lines={2} />}
        isEmpty={({ clientRegistration }) => clientRegistration === "off"}
        empty={<Off settings={settings} />}
        partial={() => null}
      >
        {() => <On />}
      </Loaded>
    </Section>
  )
}

function Off({ settings }: { settings: TokenSettings | undefined }): ReactNode {
  return (
    <Frame>
      <EmptyFace
        title="No client registers itself"
        next={
          settings && (
            <Settle settings={settings} wanted="by-token" words="Let clients register themselves by token" />
          )
        }
      >
        Where it is on, a client that brings a token of yours registers itself with it, once. People still
        have to say yes to it, and its agent is still to be adopted.
      </EmptyFace>
    </Frame>
  )
}

function On(): ReactNode {
  const isSteward = useIsSteward()
  return (
    <Definitions>
      <Definition name="Address" hint="Where a client registers itself (RFC 7591).">
        <Address />
      </Definition>
      <Definition name="Tokens" hint="Each lets one client register, and is over with it.">
        {isSteward ? <Tokens /> : <span className="text-faint">Administrators and security see them.</span>}
      </Definition>
    </Definitions>
  )
}

function Address(): ReactNode {
  return (
    <Loaded
      reading={readingOf(useAbout())}
      what="The address"
      loading={<SkeletonLines lines={1} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {({ issuer }) => <CopyableBlock text={`${issuer}/register`} what="the address of registration" />}
    </Loaded>
  )
}

const FOR_REGISTRATION: TokenPurpose = {
  scope: REGISTRATION_SCOPE,
  what: "a one-time token",
  warning: "Whoever holds it registers one client here, under a name of its choice. It is over then.",
  whither: "Hand it to the client now: it is shown this once, and kept nowhere.",
  label: "Which client",
  hint: "What it is made for. It stands in the record beside the client that used it.",
  days: 7,
}

function Tokens(): ReactNode {
  const mayMake = useSignedIn().user.role === "administrator"
  const [making, setMaking] = useState(false)
  return (
    <div className="space-y-3">
      <PurposeTokens
        scope={REGISTRATION_SCOPE}
        what="one-time tokens"
        none="None works: no client can register itself now."
      />
      {mayMake ? (
        <Button icon="plus" onClick={() => setMaking(true)}>
          Make a one-time token
        </Button>
      ) : (
        <p className="text-small text-faint">Administrators make them.</p>
      )}
      {making && <PurposeTokenDialog purpose={FOR_REGISTRATION} onClose={() => setMaking(false)} />}
    </div>
  )
}

function Settle(props: {
  settings: TokenSettings
  wanted: TokenSettings["clientRegistration"]
  words: string
}): ReactNode {
  const { mutate, isPending, error } = usePutTokenSettings()
  if (useSignedIn().user.role !== "administrator")
    return <p className="text-small text-faint">Administrators settle this.</p>
  return (
    <>
      <Button
        busy={isPending}
        onClick={() => mutate({ ...props.settings, clientRegistration: props.wanted })}
      >
        {props.words}
      </Button>
      <ProblemNote error={error} />
    </>
  )
}
