/** A set of hull slots in which marking a slot again costs one look into an array. */
export class SlotMarks {
  #marked = new Uint8Array(1024);
  #slots: number[] = [];

  /** Number of slots marked. */
  get size(): number {
    return this.#slots.length;
  }

  /** Marks slots. */
  addAll(slots: readonly number[]): void {
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i];
      if (slot >= this.#marked.length) this.#grow(slot);
      if (this.#marked[slot] === 1) continue;
      this.#marked[slot] = 1;
      this.#slots.push(slot);
    }
  }

  /** Forgets all marks. */
  clear(): void {
    for (const slot of this.#slots) this.#marked[slot] = 0;
    this.#slots = [];
  }

  /** The marked slots, in the order in which they were marked first. */
  get slots(): readonly number[] {
    return this.#slots;
  }

  /** Returns the marked slots in order. */
  sorted(): readonly number[] {
    return [...this.#slots].sort((a, b) => a - b);
  }

  #grow(slot: number): void {
    const grown = new Uint8Array(Math.max(slot + 1, this.#marked.length * 2));
    grown.set(this.#marked);
    this.#marked = grown;
  }
}
