//go:build race

package lookout

// restarts are fewer under the race detector, which is slow and has nothing to find here.
const restarts = 100
