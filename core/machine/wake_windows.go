package machine

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"

	"rentbell/core"
)

var _ core.Waker = (*Machine)(nil)

var (
	powrprof          = windows.NewLazySystemDLL("powrprof.dll")
	registerSuspend   = powrprof.NewProc("PowerRegisterSuspendResumeNotification")
	unregisterSuspend = powrprof.NewProc("PowerUnregisterSuspendResumeNotification")
)

// subscription is DEVICE_NOTIFY_SUBSCRIBE_PARAMETERS.
type subscription struct {
	callback, context uintptr
}

// OnWake calls fn at every wake-up, on a thread of Windows, until stop is called. It
// needs no window. Go never frees what a call of OnWake takes, so call it once.
func (m *Machine) OnWake(fn func()) (stop func(), err error) {
	const (
		byCallback = 2    // DEVICE_NOTIFY_CALLBACK
		awake      = 0x12 // PBT_APMRESUMEAUTOMATIC, at every wake-up
	)
	want := subscription{callback: windows.NewCallback(func(_ unsafe.Pointer, event uint32, _ unsafe.Pointer) uintptr {
		if event == awake {
			fn()
		}
		return 0
	})}
	if err := registerSuspend.Find(); err != nil { // Windows 7
		return nil, fmt.Errorf("hear of wake-ups: %w", err)
	}
	var handle uintptr
	if code, _, _ := registerSuspend.Call(byCallback, uintptr(unsafe.Pointer(&want)), uintptr(unsafe.Pointer(&handle))); code != 0 {
		return nil, fmt.Errorf("hear of wake-ups: %w", windows.Errno(code))
	}
	return func() { _, _, _ = unregisterSuspend.Call(handle) }, nil // the process ends as a rule
}
