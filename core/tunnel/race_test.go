//go:build race

package tunnel

// reconnects are fewer under the race detector, which makes each about four times
// as slow. Whatever one of them leaves behind is found all the same.
const reconnects = 200
