//go:build !race

package ui

// raceDetector says that the tests run with the race detector.
const raceDetector = false
