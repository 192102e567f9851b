package opengl

import (
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	user32   = windows.NewLazySystemDLL("user32.dll")
	gdi32    = windows.NewLazySystemDLL("gdi32.dll")
	opengl32 = windows.NewLazyDLL("opengl32.dll") // the one that the program has loaded, be it the system's or not

	createWindow      = user32.NewProc("CreateWindowExW")
	destroyWindow     = user32.NewProc("DestroyWindow")
	getDC             = user32.NewProc("GetDC")
	releaseDC         = user32.NewProc("ReleaseDC")
	choosePixelFormat = gdi32.NewProc("ChoosePixelFormat")
	setPixelFormat    = gdi32.NewProc("SetPixelFormat")
	createContext     = opengl32.NewProc("wglCreateContext")
	deleteContext     = opengl32.NewProc("wglDeleteContext")
	makeCurrent       = opengl32.NewProc("wglMakeCurrent")
	getString         = opengl32.NewProc("glGetString")
)

// pixelFormat is PIXELFORMATDESCRIPTOR.
type pixelFormat struct {
	size, version                                uint16
	flags                                        uint32
	kind, colorBits                              byte
	_                                            [13]byte // bits and shifts of colours, and of what accumulates
	depthBits, stencilBits, auxBuffers, layer, _ byte
	_                                            [3]uint32 // masks
}

// Check draws on a window that nobody sees, and asks the driver for its version. The
// error holds ErrTooOld when Fyne could not draw.
func Check() error {
	runtime.LockOSThread() // a context belongs to a thread, and so does a window
	defer runtime.UnlockOSThread()
	class, err := windows.UTF16PtrFromString("STATIC") // a class that every process has
	if err != nil {
		return fmt.Errorf("look for OpenGL: %w", err)
	}
	const popup = 0x80000000 // WS_POPUP, without WS_VISIBLE
	window, _, err := createWindow.Call(0, uintptr(unsafe.Pointer(class)), 0, popup, 0, 0, 16, 16, 0, 0, 0, 0)
	if window == 0 {
		return fmt.Errorf("look for OpenGL: make a window: %w", err)
	}
	defer func() { _, _, _ = destroyWindow.Call(window) }() // it was never shown
	dc, _, err := getDC.Call(window)
	if dc == 0 {
		return fmt.Errorf("look for OpenGL: draw on a window: %w", err)
	}
	defer func() { _, _, _ = releaseDC.Call(window, dc) }() // it goes with its window
	version, err := versionOn(dc)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrTooOld, err)
	}
	return enough(version)
}

// versionOn makes a context on a device, and asks it.
func versionOn(dc uintptr) (string, error) {
	if err := opengl32.Load(); err != nil {
		return "", err
	}
	const (
		doubleBuffer, drawToWindow, supportOpenGL = 0x1, 0x4, 0x20
		glVersion                                 = 0x1F02
	)
	want := pixelFormat{version: 1, flags: doubleBuffer | drawToWindow | supportOpenGL, colorBits: 32, depthBits: 24}
	want.size = uint16(unsafe.Sizeof(want))
	format, _, err := choosePixelFormat.Call(dc, uintptr(unsafe.Pointer(&want)))
	if format == 0 {
		return "", fmt.Errorf("choose a pixel format: %w", err)
	}
	if done, _, err := setPixelFormat.Call(dc, format, uintptr(unsafe.Pointer(&want))); done == 0 {
		return "", fmt.Errorf("set a pixel format: %w", err)
	}
	context, _, err := createContext.Call(dc)
	if context == 0 {
		return "", fmt.Errorf("make a context: %w", err)
	}
	defer func() { _, _, _ = deleteContext.Call(context) }() // nothing was drawn
	if done, _, err := makeCurrent.Call(dc, context); done == 0 {
		return "", fmt.Errorf("use a context: %w", err)
	}
	defer func() { _, _, _ = makeCurrent.Call(0, 0) }() // as above
	text, _, err := getString.Call(glVersion)
	if text == 0 {
		return "", fmt.Errorf("ask for the version: %w", err)
	}
	return windows.BytePtrToString(*(**byte)(unsafe.Pointer(&text))), nil
}

// Tell shows a text in a box of Windows' own, and waits until it is closed.
func Tell(title, text string) error {
	caption, err := windows.UTF16PtrFromString(title)
	if err != nil {
		return fmt.Errorf("show a message: %w", err)
	}
	body, err := windows.UTF16PtrFromString(text)
	if err != nil {
		return fmt.Errorf("show a message: %w", err)
	}
	if _, err := windows.MessageBox(0, body, caption, windows.MB_ICONERROR|windows.MB_SETFOREGROUND); err != nil {
		return fmt.Errorf("show a message: %w", err)
	}
	return nil
}
