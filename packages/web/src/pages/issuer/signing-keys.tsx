import type { SigningKeysView, SigningKeyView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { Button } from "../../components/button.tsx"
import { Copyable } from "../../components/copyable.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { useRotateSigningKey, useSigningKeys } from "../../data/issuer-query.ts"

/** The keys by which agents' tokens and signals verify, and the way to have others sign. */
export function SigningKeys({ mayRotate }: { mayRotate: boolean }): ReactNode {
  const [rotating, setRotating] = useState(false)
  return (
    <>
      <SignedBy
        title="Keys that sign tokens"
        none="The first one is made with the first token."
        pick={({ keys }) => keys}
        beside={mayRotate && <Button onClick={() => setRotating(true)}>Have other keys sign…</Button>}
      />
      <SignedBy
        title="Keys that sign signals"
        none="The first one is made with the first signal that is sent to another system."
        pick={({ signalKeys }) => signalKeys}
      />
      {rotating && <RotateSigningKeyDialog onClose={() => setRotating(false)} />}
    </>
  )
}

function SignedBy(props: {
  title: string
  none: string
  pick: (view: SigningKeysView) => readonly SigningKeyView[]
  beside?: ReactNode
}): ReactNode {
  const { title, none, pick, beside } = props
  return (
    <Section title={title} className="max-w-3xl" beside={beside}>
      <Frame>
        <Loaded
          reading={readingOf(useSigningKeys())}
          what="The signing keys"
          loading={<SkeletonLines lines={2} />}
          isEmpty={(view) => pick(view).length === 0}
          empty={<EmptyFace title="There are none yet">{none}</EmptyFace>}
          partial={() => null}
        >
          {(view) => (
            <ul aria-label={title}>
              {pick(view).map((key) => (
                <KeyRow key={key.id} signingKey={key} />
              ))}
            </ul>
          )}
        </Loaded>
      </Frame>
    </Section>
  )
}

function KeyRow({ signingKey }: { signingKey: SigningKeyView }): ReactNode {
  const { id, state, algorithm } = signingKey
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b px-3 py-2.5 last:border-b-0">
      <span className="min-w-0">
        <span className="mr-3 font-medium">{STATES[state]}</span>
        <span className="mr-3 text-small text-soft">{algorithm}</span>
        <Copyable text={id} what="the key’s id" />
      </span>
      <span className="text-small text-faint">
        <KeyAge signingKey={signingKey} />
      </span>
    </li>
  )
}

const STATES: Readonly<Record<SigningKeyView["state"], string>> = {
  signing: "Signs",
  next: "Signs next",
  published: "Signs no more",
}

function KeyAge({ signingKey: { madeAt, endedAt } }: { signingKey: SigningKeyView }): ReactNode {
  return (
    <>
      made <Moment at={madeAt} />
      {endedAt && (
        <>
          , signed until <Moment at={endedAt} />
        </>
      )}
    </>
  )
}

function RotateSigningKeyDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { mutate, isPending, error } = useRotateSigningKey()
  return (
    <ActDialog
      open
      onClose={onClose}
      title="Have other keys sign tokens and signals?"
      description="The next keys are published within moments and sign five minutes later, when whoever verifies knows them. What is signed stays good, and the present keys are published for as long as it is."
      act="Have other keys sign"
      look="primary"
      busy={isPending}
      error={error}
      onAct={(reason) => mutate(reason, { onSuccess: onClose })}
    />
  )
}
