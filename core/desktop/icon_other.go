//go:build !windows

package desktop

// IconPixels returns 0: other systems scale icons well.
func IconPixels() int { return 0 }
