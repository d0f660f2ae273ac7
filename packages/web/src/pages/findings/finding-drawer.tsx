import { type ReactNode, useEffect, useRef } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { Icon } from "../../components/icon.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { useFinding } from "../../data/findings-query.ts"
import { FindingDetail } from "./finding-detail.tsx"

/** One finding beside its list; on a narrow screen it lies over it. */
export function FindingDrawer({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const finding = useFinding(id)
  const drawer = useRef<HTMLElement>(null)
  useEffect(() => drawer.current?.focus({ preventScroll: true }), [])
  return (
    <aside
      ref={drawer}
      tabIndex={-1}
      aria-label="Finding"
      className="appear bg-ground outline-none max-lg:fixed max-lg:inset-y-0 max-lg:right-0 max-lg:z-30 max-lg:w-full max-lg:max-w-md max-lg:overflow-y-auto max-lg:p-5 max-lg:pb-20 max-lg:shadow-float lg:sticky lg:top-16 lg:max-h-[calc(100dvh-5rem)] lg:overflow-y-auto lg:border-l lg:pl-6"
    >
      <button
        type="button"
        aria-label="Close the finding"
        onClick={onClose}
        className="float-right grid size-7 place-items-center rounded-md text-faint hover:bg-hover hover:text-ink"
      >
        <Icon name="cross" />
      </button>
      <Loaded
        reading={readingOf(finding)}
        what="The finding"
        loading={<SkeletonLines lines={8} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(found) => <FindingDetail finding={found} />}
      </Loaded>
    </aside>
  )
}
