# Every library from outside, found once. Each is used by the one folder that wraps it.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(GTest REQUIRED)
find_package(rapidcheck REQUIRED)
find_package(benchmark REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(prometheus-cpp REQUIRED COMPONENTS core)
find_package(RocksDB REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)

pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(sqlite REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(openssl REQUIRED IMPORTED_TARGET openssl)
pkg_check_modules(fido2 REQUIRED IMPORTED_TARGET libfido2)
pkg_check_modules(simdjson REQUIRED IMPORTED_TARGET simdjson)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(ffmpeg REQUIRED IMPORTED_TARGET libavformat libavcodec libswscale libavutil)
pkg_check_modules(turbojpeg REQUIRED IMPORTED_TARGET libturbojpeg)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)

# oneDNN's own CMake files ask for OpenCL's headers, which it needs only to be built. gomp: the OpenMP
# that it is built with, for the one call that keeps it to one thread.
find_library(REGMARK_DNNL dnnl REQUIRED)
find_path(REGMARK_DNNL_INCLUDE dnnl.hpp REQUIRED)
add_library(regmark_onednn INTERFACE)
target_include_directories(regmark_onednn SYSTEM INTERFACE ${REGMARK_DNNL_INCLUDE})
target_link_libraries(regmark_onednn INTERFACE ${REGMARK_DNNL} gomp)

# Debian keeps OpenCV's CMake files in the package of all its modules; we want three of them,
# and the third, which runs networks, only for tests and benchmarks.
find_path(REGMARK_OPENCV_INCLUDE opencv2/dnn.hpp PATH_SUFFIXES opencv4 REQUIRED)
add_library(regmark_opencv INTERFACE)
target_include_directories(regmark_opencv SYSTEM INTERFACE ${REGMARK_OPENCV_INCLUDE})
target_link_libraries(regmark_opencv INTERFACE opencv_core opencv_imgproc)

find_library(REGMARK_HARU hpdf REQUIRED)
find_path(REGMARK_HARU_INCLUDE hpdf.h REQUIRED)
add_library(regmark_haru INTERFACE)
target_include_directories(regmark_haru SYSTEM INTERFACE ${REGMARK_HARU_INCLUDE})
target_link_libraries(regmark_haru INTERFACE ${REGMARK_HARU})

# How soon a password is guessed.
find_library(REGMARK_ZXCVBN zxcvbn REQUIRED)
find_path(REGMARK_ZXCVBN_INCLUDE zxcvbn.h REQUIRED)
add_library(regmark_zxcvbn INTERFACE)
target_include_directories(regmark_zxcvbn SYSTEM INTERFACE ${REGMARK_ZXCVBN_INCLUDE})
target_link_libraries(regmark_zxcvbn INTERFACE ${REGMARK_ZXCVBN})

# Plans: CBC chooses the cameras, over its C interface; Expat reads road networks.
pkg_check_modules(expat REQUIRED IMPORTED_TARGET expat)
find_path(REGMARK_CBC_INCLUDE coin/Cbc_C_Interface.h REQUIRED)
add_library(regmark_cbc INTERFACE)
target_include_directories(regmark_cbc SYSTEM INTERFACE ${REGMARK_CBC_INCLUDE})
target_link_libraries(regmark_cbc INTERFACE CbcSolver Cbc)
