//go:build !race

package uitest

// raceDetector reports whether the tests run with the race detector.
const raceDetector = false
