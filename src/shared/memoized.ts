/** Makes something of each value once, and keeps it as long as the function itself: for values that are few. Undefined is made anew. */
export const memoized = <Value, Made>(make: (value: Value) => Made): ((value: Value) => Made) => {
  const kept = new Map<Value, Made>();
  return (value) => {
    const known = kept.get(value);
    if (known !== undefined) return known;
    const made = make(value);
    kept.set(value, made);
    return made;
  };
};
