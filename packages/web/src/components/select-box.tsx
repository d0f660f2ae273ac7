import type { ReactNode, SelectHTMLAttributes } from "react"
import { Icon } from "./icon.tsx"

const AMONG_CHIPS = "h-7 rounded-full pr-7 pl-2.5 text-small font-medium text-soft max-md:h-8"

/** A choice of one out of a few; the list is the platform's own, which works under any thumb. */
export function SelectBox(
  props: SelectHTMLAttributes<HTMLSelectElement> & {
    /** As high as the chips that it stands among. */
    readonly amongChips?: boolean
  },
): ReactNode {
  const { className = "", amongChips = false, children, ...rest } = props
  return (
    <span className={`relative inline-flex min-w-0 ${className}`}>
      <select
        {...rest}
        className={`w-full appearance-none truncate border bg-ground hover:bg-hover ${amongChips ? AMONG_CHIPS : "h-8 rounded-md border-edge pr-8 pl-2.5 text-ink max-md:h-10 max-md:text-lead"}`}
      >
        {children}
      </select>
      <Icon
        name="down"
        className={`pointer-events-none absolute top-1/2 -translate-y-1/2 text-faint ${amongChips ? "right-2 size-3" : "right-2.5 size-3.5"}`}
      />
    </span>
  )
}
