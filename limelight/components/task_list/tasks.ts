/** Tasks as data: counting, ticking, and what is new in them. Touches no DOM. */

export type TaskStatus = "pending" | "running" | "done" | "failed" | "skipped";

/** One task, as it crosses the wire. */
export interface Task {
  title: string;
  status: TaskStatus;
  description?: string;
  /** 0 to 1. */
  progress?: number;
  /** Seconds. */
  duration?: number;
  children?: readonly Task[];
}

/** Where a task is: its place, and before it those of the tasks around it. */
export type Path = readonly number[];

/** How many tasks without others inside are done. Those that are skipped do not count. */
export function count(tasks: readonly Task[]): { done: number; count: number } {
  const total = { done: 0, count: 0 };
  for (const task of tasks) {
    const inner = task.children?.length
      ? count(task.children)
      : { done: Number(task.status === "done"), count: Number(task.status !== "skipped") };
    total.done += inner.done;
    total.count += inner.count;
  }
  return total;
}

/** The tasks with one ticked off, and all inside it; or unticked. */
export function tick(tasks: readonly Task[], path: Path, status: "done" | "pending"): readonly Task[] {
  const [place = 0, ...further] = path;
  return tasks.map((task, index) => {
    if (index !== place) return task;
    if (further.length === 0) return settle(task, status);
    return { ...task, children: tick(task.children ?? [], further, status) };
  });
}

function settle(task: Task, status: "done" | "pending"): Task {
  const { progress: _, ...rest } = task; // it is over, or begins anew
  if (rest.children === undefined) return { ...rest, status };
  return { ...rest, status, children: rest.children.map((child) => settle(child, status)) };
}

/** The tasks that ended since `before`, in order. Parts that are the same object are not looked at. */
export function ended(before: readonly Task[], now: readonly Task[]): Task[] {
  return now.flatMap((task, index) => {
    const old = before[index];
    if (old === task) return [];
    const inside = ended(old?.children ?? [], task.children ?? []);
    const isNew = isOver(task.status) && old?.title === task.title && !isOver(old.status);
    return isNew ? [...inside, task] : inside;
  });
}

function isOver(status: TaskStatus): boolean {
  return status === "done" || status === "failed" || status === "skipped";
}

/** A duration in the reader's language: `0.4s`, `12s`, `3m 5s`, `2h 4m`. */
export function lasting(seconds: number, locale: string): string {
  const whole = Math.round(seconds);
  if (seconds < 59.5) return unit(locale, "second", seconds < 9.95 ? Number(seconds.toFixed(1)) : whole);
  if (whole < 3600) return [unit(locale, "minute", Math.floor(whole / 60)), unit(locale, "second", whole % 60)].join(" ");
  const minutes = Math.round(seconds / 60);
  return [unit(locale, "hour", Math.floor(minutes / 60)), unit(locale, "minute", minutes % 60)].join(" ");
}

function unit(locale: string, of: "second" | "minute" | "hour", value: number): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit: of, unitDisplay: "narrow" }).format(value);
}
