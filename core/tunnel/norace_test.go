//go:build !race

package tunnel

const reconnects = 1000
