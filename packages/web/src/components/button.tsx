import type { ButtonHTMLAttributes, ReactNode } from "react"
import { Icon, type IconName } from "./icon.tsx"

const LOOKS = {
  plain: "border border-edge bg-ground text-ink enabled:hover:bg-hover",
  primary: "bg-accent-fill text-on-fill enabled:hover:bg-accent-hover",
  quiet: "text-soft enabled:hover:bg-hover enabled:hover:text-ink",
  /** Looks like nothing else on the page. */
  stop: "bg-stop-fill text-on-fill enabled:hover:bg-stop-hover",
} as const

const SIZES = {
  normal: "h-8 px-3 max-md:h-10",
  large: "h-9 px-4 max-md:h-12 max-md:text-lead",
  small: "h-6 px-2 text-small max-md:h-8",
} as const

/** A button whose words say what it does. */
export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: keyof typeof LOOKS
  readonly size?: keyof typeof SIZES
  readonly icon?: IconName
  /** The act is under way: it cannot be started twice. */
  readonly busy?: boolean
}

/** Draws a button; a busy one is disabled and says so. */
export function Button(props: ButtonProps): ReactNode {
  const { look = "plain", size = "normal", icon, busy = false, children, className = "", ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      disabled={busy || rest.disabled}
      aria-busy={busy || undefined}
      className={`inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors duration-100 disabled:opacity-50 ${LOOKS[look]} ${SIZES[size]} ${className}`}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}
