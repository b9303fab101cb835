/** A timer: when it is due (ms, event time), the hull slot it is for, and what it is for. */
export type Timer = { readonly dueAt: number; readonly slot: number; readonly purpose: number };

/**
 * Timers in event time, earliest first; equal instants come by slot, then purpose, so that the order never depends on
 * the order of insertion. A binary heap on columns.
 */
export class TimerHeap {
  #due: number[] = [];
  #slot: number[] = [];
  #purpose: number[] = [];

  /** When the earliest timer is due, or Infinity. */
  get nextDueAt(): number {
    return this.#due.length > 0 ? this.#due[0] : Infinity;
  }

  /** Number of timers waiting. */
  get size(): number {
    return this.#due.length;
  }

  /** Adds a timer. */
  push(dueAt: number, slot: number, purpose: number): void {
    let child = this.#due.length;
    this.#due.push(dueAt);
    this.#slot.push(slot);
    this.#purpose.push(purpose);
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#before(child, parent)) break;
      this.#swap(child, parent);
      child = parent;
    }
  }

  /** Takes out the earliest timer; undefined when there is none. */
  pop(): Timer | undefined {
    const last = this.#due.length - 1;
    if (last < 0) return undefined;
    const timer = { dueAt: this.#due[0], slot: this.#slot[0], purpose: this.#purpose[0] };
    this.#swap(0, last);
    this.#due.pop();
    this.#slot.pop();
    this.#purpose.pop();
    this.#sink(0);
    return timer;
  }

  /** Returns all timers as columns, for a snapshot. */
  dump(): TimerDump {
    return { due: [...this.#due], slot: [...this.#slot], purpose: [...this.#purpose] };
  }

  /** Returns a heap with the timers of a dump. */
  static restore(dump: TimerDump): TimerHeap {
    const heap = new TimerHeap();
    heap.#due = [...dump.due];
    heap.#slot = [...dump.slot];
    heap.#purpose = [...dump.purpose];
    return heap;
  }

  #sink(start: number): void {
    const size = this.#due.length;
    for (let parent = start; ;) {
      let least = 2 * parent + 1;
      if (least >= size) return;
      if (least + 1 < size && this.#before(least + 1, least)) least++;
      if (!this.#before(least, parent)) return;
      this.#swap(least, parent);
      parent = least;
    }
  }

  #before(a: number, b: number): boolean {
    if (this.#due[a] !== this.#due[b]) return this.#due[a] < this.#due[b];
    if (this.#slot[a] !== this.#slot[b]) return this.#slot[a] < this.#slot[b];
    return this.#purpose[a] < this.#purpose[b];
  }

  #swap(a: number, b: number): void {
    swap(this.#due, a, b);
    swap(this.#slot, a, b);
    swap(this.#purpose, a, b);
  }
}

/** The timers of a heap as columns. */
export type TimerDump = { readonly due: number[]; readonly slot: number[]; readonly purpose: number[] };

function swap(values: number[], a: number, b: number): void {
  const value = values[a];
  values[a] = values[b];
  values[b] = value;
}
