//go:build race

package uitest

// RaceDetector says whether the tests run with the race detector, which makes
// drawing ten times as slow.
const RaceDetector = true
