//go:build !race

package lookout

const restarts = 1000
