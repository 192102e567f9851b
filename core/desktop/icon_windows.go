package desktop

import "golang.org/x/sys/windows"

// IconPixels returns the width of an icon on this screen. The tray's is loaded in it
// and shown in half of it.
func IconPixels() int {
	const width = 11 // SM_CXICON
	pixels, _, _ := windows.NewLazySystemDLL("user32.dll").NewProc("GetSystemMetrics").Call(width)
	return int(pixels)
}
