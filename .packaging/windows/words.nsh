; What the setup says, in the languages of the app.

!macro Say name english spanish chinese
LangString ${name} ${LANG_ENGLISH} "${english}"
LangString ${name} ${LANG_SPANISH} "${spanish}"
LangString ${name} ${LANG_SIMPCHINESE} "${chinese}"
!macroend

!insertmacro Say Title "Install Rentbell" "Instalar Rentbell" "安装 Rentbell"
!insertmacro Say UpgradeTitle "Update Rentbell" "Actualizar Rentbell" "更新 Rentbell"
!insertmacro Say Subtitle \
	"The bell on your desk that rings when the rent arrives." \
	"El timbre de su escritorio que suena cuando llega la renta." \
	"您桌上的铃，租金一到就响。"
!insertmacro Say Text \
	"Rentbell rings on this computer when AppFolio reports rent, a work order, a lease or a new tenant. It is installed for you alone and needs no administrator." \
	"Rentbell suena en esta computadora cuando AppFolio avisa de una renta, una orden de trabajo, un contrato o un inquilino nuevo. Se instala solo para usted y no necesita un administrador." \
	"AppFolio 报告租金、工单、租约或新租户时，Rentbell 会在这台电脑上响铃。它只为您安装，无需管理员权限。"
!insertmacro Say UpgradeText \
	"Rentbell $Earlier becomes ${VERSION}. Your records, keys and settings stay as they are. If Rentbell is open, it is closed first." \
	"Rentbell $Earlier pasa a ser ${VERSION}. Sus registros, claves y ajustes quedan como están. Si Rentbell está abierto, primero se cierra." \
	"Rentbell $Earlier 将更新为 ${VERSION}。您的记录、密钥和设置保持不变。如果 Rentbell 正在运行，会先将其关闭。"
!insertmacro Say AtLoginChoice "&Start Rentbell when I sign in" "Iniciar Rentbell al iniciar &sesión" "登录系统时启动 Rentbell(&S)"
!insertmacro Say OnDesktopChoice "Put a shortcut on the &desktop" "Poner un &acceso directo en el escritorio" "在桌面上创建快捷方式(&D)"
!insertmacro Say OpensChoice "&Open Rentbell when it is installed" "A&brir Rentbell cuando esté instalado" "安装完成后打开 Rentbell(&O)"
!insertmacro Say Where "Folder: $INSTDIR" "Carpeta: $INSTDIR" "文件夹：$INSTDIR"
!insertmacro Say Ending "Closing Rentbell" "Cerrando Rentbell" "正在关闭 Rentbell"
!insertmacro Say StillOpen \
	"Rentbell is still running, or another program holds its files. Close it and try again." \
	"Rentbell sigue en marcha u otro programa retiene sus archivos. Ciérrelo e inténtelo de nuevo." \
	"Rentbell 仍在运行，或其文件被其他程序占用。请将其关闭后重试。"
!insertmacro Say CannotWrite \
	"Rentbell could not be written to $INSTDIR. Make room on the disk, or ask whoever looks after this computer." \
	"No se pudo escribir Rentbell en $INSTDIR. Libere espacio en el disco o consulte a quien administra esta computadora." \
	"无法将 Rentbell 写入 $INSTDIR。请释放磁盘空间，或联系管理这台电脑的人员。"
!insertmacro Say RemoveText \
	"Rentbell will be removed from this computer. Your records stay in $LOCALAPPDATA\Rentbell." \
	"Rentbell se quitará de esta computadora. Sus registros se quedan en $LOCALAPPDATA\Rentbell." \
	"将从这台电脑中移除 Rentbell。您的记录保留在 $LOCALAPPDATA\Rentbell 中。"
!insertmacro Say Removed \
	"Rentbell is removed. Your records are still in $LOCALAPPDATA\Rentbell: delete that folder if you no longer need them." \
	"Rentbell se ha quitado. Sus registros siguen en $LOCALAPPDATA\Rentbell: elimine esa carpeta si ya no los necesita." \
	"Rentbell 已移除。您的记录仍在 $LOCALAPPDATA\Rentbell 中：如果不再需要，可以删除该文件夹。"
