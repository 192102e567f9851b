//go:build !race

package uitest

// raceDetector says whether the tests run with the race detector, which makes
// drawing ten times as slow.
const raceDetector = false
