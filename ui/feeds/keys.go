package feeds

import "hash/fnv"

// hashed is a number for a text: the identity of rows that have an id but no
// sequence number. It is below 1<<62, so that group rows can have their own.
func hashed(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash never fails
	return 1 + h.Sum64()>>2
}

// keysOf are the identities of rows that go by their ids.
func keysOf(ids []string) []uint64 {
	keys := make([]uint64, len(ids))
	for i, id := range ids {
		keys[i] = hashed(id)
	}
	return keys
}
